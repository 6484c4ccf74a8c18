# syntax=docker/dockerfile:1
# Three images from one file:
#   docker build --target hub .       every process of the hub, without PyTorch
#   docker build --target training .  the same with PyTorch, for the worker that trains the sequence model
#   docker build --target edge .      nginx with the web app
# All run as a user without rights, on a read-only root: /data, /tmp and the edge's /run/edge are what they write.

ARG PYTHON_IMAGE=python:3.11.14-slim-bookworm
ARG NODE_IMAGE=node:24.11.1-bookworm-slim
ARG DEBIAN_IMAGE=debian:12.12-slim

# The web app, with its texts compressed once.
FROM ${NODE_IMAGE} AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY web/ ./
COPY tools/compress_web.mjs /src/tools/compress_web.mjs
RUN node_modules/.bin/vite build && node /src/tools/compress_web.mjs dist

# The Python packages as the lock file names them; then the hub itself, so that its code changes only the last layer.
FROM ${PYTHON_IMAGE} AS packages
ARG UV_VERSION=0.13.9
ENV UV_PROJECT_ENVIRONMENT=/opt/hub \
    UV_LINK_MODE=copy \
    UV_COMPILE_BYTECODE=1 \
    UV_PYTHON_DOWNLOADS=never
RUN --mount=type=cache,target=/root/.cache/pip pip install --disable-pip-version-check "uv==${UV_VERSION}"
WORKDIR /src
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --frozen --no-dev --no-install-project \
    --extra postgres --extra mongo --extra kafka --extra elastic --extra tracing
COPY clubkit clubkit
COPY auth_service auth_service
COPY chat_service chat_service
COPY feature_store feature_store
COPY gateway gateway
COPY recommender recommender
COPY social_service social_service
COPY sports_service sports_service
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --frozen --no-dev --no-editable \
    --extra postgres --extra mongo --extra kafka --extra elastic --extra tracing

# PyTorch beside them. Its index decides the build: the default is the one for processors (0.2 GB), where PyPI's own
# brings CUDA (5 GB). The version is the lock file's.
FROM packages AS packages-training
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
RUN --mount=type=cache,target=/root/.cache/uv \
    version=$(uv export --frozen --no-dev --no-hashes --extra sequence --no-emit-project | sed -n 's/^torch==\([0-9.]*\).*/\1/p') && \
    uv pip install --python /opt/hub/bin/python --index-url "${TORCH_INDEX}" "torch==${version}"

FROM ${PYTHON_IMAGE} AS runtime
LABEL org.opencontainers.image.title="ClubHoloHub" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 hub && useradd --uid 10001 --gid hub --no-create-home --home-dir /data hub && \
    install --directory --owner=hub --group=hub --mode=0750 /data /backups
ENV PATH=/opt/hub/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    HOME=/tmp \
    HUB_HOST=0.0.0.0 \
    HUB_PORT=8000 \
    HUB_HEALTH_PORT=8000 \
    HUB_DATA_DIR=/data \
    HUB_WEB_DIST=/opt/web \
    HUB_LOG_FORMAT=json
COPY --from=web /src/web/dist /opt/web
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["python", "-m", "gateway.alive"]
ENTRYPOINT ["hub"]
CMD ["up"]

FROM runtime AS training
COPY --from=packages-training /opt/hub /opt/hub
CMD ["work"]

# The nginx that the tests run, with brotli.
FROM ${DEBIAN_IMAGE} AS edge
LABEL org.opencontainers.image.title="ClubHoloHub edge" \
      org.opencontainers.image.licenses="Apache-2.0"
# A release of Debian gets only security updates, which are wanted: its packages are not pinned.
# hadolint ignore=DL3008
RUN apt-get update && \
    apt-get install --yes --no-install-recommends \
      nginx-light libnginx-mod-http-brotli-filter libnginx-mod-http-brotli-static && \
    rm -rf /var/lib/apt/lists/* /etc/nginx/sites-enabled/default && \
    install --directory --owner=www-data --group=www-data /run/edge
COPY gateway/edge /opt/edge
COPY --from=web /src/web/dist /srv/web
RUN printf 'load_module /usr/lib/nginx/modules/ngx_http_brotli_%s_module.so;\n' filter static \
      > /opt/edge/extra/modules/brotli.conf && \
    printf 'brotli on;\nbrotli_static on;\nbrotli_types %s;\n' \
      'application/json application/problem+json text/javascript text/css image/svg+xml application/manifest+json' \
      > /opt/edge/extra/http/brotli.conf
VOLUME ["/run/edge"]
EXPOSE 8080 8443
USER 33:33
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8081 && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q alive <&3"]
ENTRYPOINT ["/opt/edge/entrypoint.sh"]

FROM runtime AS hub
COPY --from=packages /opt/hub /opt/hub
