# The static program and nothing else. Build it first:
#
#     dist/build-static && docker build -t faqt .
#
# Articles are mounted at /corpus (read-only is enough), the index is kept in the volume /index, and a key or
# FAQT_PUBLIC=true is needed, for the container is reached from outside:
#
#     docker run --read-only -p 8080:8080 -e FAQT_KEY=secret -v ./articles:/corpus:ro -v faqt-index:/index faqt
FROM scratch
COPY target/dist/faqt /faqt
# The folder of the index belongs to the user of the program; volumes take that over.
COPY --chown=65534:65534 index/README.md /index/README.md
USER 65534:65534
WORKDIR /
ENV FAQT_ADDR=0.0.0.0:8080 FAQT_CORPUS=/corpus FAQT_INDEX=/index
EXPOSE 8080
VOLUME /index
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["/faqt", "health"]
ENTRYPOINT ["/faqt"]
CMD ["serve"]
