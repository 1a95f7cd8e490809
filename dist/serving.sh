# For the check scripts, which source it: serves in a folder that holds everything the program sees, as a user without
# rights, at a free port. Needs root (for chroot) and curl.

nobody=65534:65534
server='' log=$(mktemp)

# serve_in ROOT PROGRAM [ARGUMENT…], with the variables of the environment; then `address` is where it listens.
serve_in() {
    local root=$1
    shift
    FAQT_ADDR=127.0.0.1:0 chroot --userspec="$nobody" "$root" "$@" >"$log" 2>&1 &
    server=$!
    for _ in $(seq 150); do
        address=$(sed -n 's/^faqt: listening on //p' "$log")
        [[ -z $address ]] || return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.2
    done
    fail "the server did not start"
}

# expect_answer [OPTION OF CURL…]
expect_answer() {
    local answer
    answer=$(curl -sSf "$@" "$address/v1/ask?q=Is+RAID+a+backup%3F") || fail "the server does not reply"
    [[ $answer == *'"answered":true'*'corpus/backups.jsonl'* ]] || fail "no answer: $answer"
}

# Ends the server as a supervisor would; it must end well.
stop_server() {
    kill "$server"
    wait "$server" || fail "the server ended with status $?"
    server=''
}

fail() {
    echo "$*" >&2
    cat "$log" >&2
    exit 1
}

# For the trap of a script that ends early.
end_server() {
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    rm -f "$log"
}
