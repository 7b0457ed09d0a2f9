FROM python:3.13-slim

WORKDIR /opt/corrobot
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
    && useradd --uid 10001 --create-home --home-dir /var/lib/corrobot corrobot \
    && install -o corrobot -g corrobot -m 600 /dev/null /var/lib/corrobot/config.toml \
    && chmod 700 /var/lib/corrobot
USER corrobot
WORKDIR /var/lib/corrobot
VOLUME /var/lib/corrobot
# DISCORD_TOKEN comes from the environment. A new volume gets this folder's owner and its empty
# config.toml; the database and the backups come to lie beside it.
STOPSIGNAL SIGTERM
# With [health] file = "health.json": healthy while that file is younger than a minute.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD \
    [ ! -e health.json ] || [ -n "$(find health.json -mmin -1)" ]
ENTRYPOINT ["corrobot"]
CMD ["run"]
