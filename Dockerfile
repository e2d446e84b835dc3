# Server and speaker in one image: they share packages and tools, and differ in their command.

FROM debian:12.12-slim AS packages
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates nodejs npm \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
# Debian's Node only installs; the one that runs comes with the packages, locked.
RUN npm ci --ignore-scripts --omit=dev --include=optional --engine-strict=false \
  && mkdir -p /runtime \
  && cp node_modules/node-linux-*/bin/node /runtime/node

FROM packages AS console
# What the console is built with stays behind; only its files go on.
RUN npm ci --ignore-scripts --include=dev --include=optional --engine-strict=false
COPY bootstrap bootstrap
COPY schemas schemas
COPY core core
COPY web web
RUN node bootstrap/build-web.mjs

FROM debian:12.12-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates espeak-ng ffmpeg mpv tzdata \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --create-home tieng-lang \
  && install -d -o tieng-lang -g tieng-lang /var/lib/tieng-lang
COPY --from=packages /runtime/node /usr/local/bin/node
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY schemas schemas
COPY core core
COPY runtime runtime
COPY content content
COPY server server
COPY player-agent player-agent
COPY cli cli
COPY --from=console /app/web/dist web/dist
ENV NODE_ENV=production
USER tieng-lang
VOLUME /var/lib/tieng-lang
ENTRYPOINT ["node", "cli/main.ts"]
CMD ["server"]
