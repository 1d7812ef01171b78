# askwell in a container that serves the protocol of docs/stdio.md:
#   docker build -t askwell .
#   docker run -i --rm --network none --read-only --cap-drop ALL askwell
# With a knowledge folder of your own: -v /path/to/folder:/knowledge:ro
# -e ASKWELL_KNOWLEDGE=/knowledge

FROM rust:1.95-slim-trixie AS build
WORKDIR /askwell
COPY Cargo.toml Cargo.lock build.rs ./
COPY benches benches
COPY knowledge knowledge
COPY src src
RUN cargo build --release --locked

# The C library, no shell, no package manager.
FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /askwell/target/release/askwell /usr/local/bin/askwell
USER nonroot
ENTRYPOINT ["askwell"]
CMD ["stdio"]
