FROM python:3.13-slim

WORKDIR /opt/corrobot
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps . \
    && useradd --create-home --home-dir /var/lib/corrobot corrobot
USER corrobot
WORKDIR /var/lib/corrobot
VOLUME /var/lib/corrobot
# DISCORD_TOKEN comes from the environment; config.toml and the database lie in the volume.
STOPSIGNAL SIGTERM
ENTRYPOINT ["corrobot"]
CMD ["run"]
