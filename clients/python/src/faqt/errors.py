"""What can go wrong."""


class FaqtError(Exception):
    """Any error of this package."""


class UnreachableError(FaqtError):
    """The server could not be reached, or did not answer in time."""


class ReplyError(FaqtError):
    """The server's reply is not of the shape that this version of the client knows."""


class ApiError(FaqtError):
    """The server answered with an error."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        retry_after: float | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(f"{code} ({status}): {detail}")
        self.status = status
        """The HTTP status."""
        self.code = code
        """The stable name of the error, such as `question_empty`."""
        self.detail = detail
        """What is wrong and what to do about it, for people."""
        self.retry_after = retry_after
        """After how many seconds another try is welcome, where the server says so."""
        self.request_id = request_id
        """The name of the request in the server's logs."""
