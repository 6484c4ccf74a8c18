#!/bin/sh
# Fills the templates beside it from EDGE_… variables and becomes nginx. `entrypoint.sh -t` only tests the result.
set -eu

EDGE_DIR=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
: "${EDGE_RUN:=/run/edge}"                     # what is written: the filled templates, the pid, bodies in flight
: "${EDGE_EXTRA:=$EDGE_DIR/extra}"             # modules/*.conf and http/*.conf, for an nginx that has more (brotli)
: "${EDGE_WEB:=/srv/web}"                      # the built web app
: "${EDGE_WORKERS:=auto}"
: "${EDGE_HTTP:=8080}"
: "${EDGE_HTTPS:=8443}"
: "${EDGE_STATUS:=8081}"
: "${EDGE_SERVER_NAME:=_}"
: "${EDGE_TLS:=off}"                           # on: HTTPS here, and HTTP is sent there
: "${EDGE_SCHEME:=auto}"                       # https: something in front ended TLS
: "${EDGE_CERTIFICATE:=/tls/tls.crt}"
: "${EDGE_CERTIFICATE_KEY:=/tls/tls.key}"
: "${EDGE_TRUSTED:=}"                          # networks of the proxies in front, whose X-Forwarded-For is believed
: "${EDGE_RESOLVER:=127.0.0.11}"               # Docker's name server
: "${EDGE_AUTH:=auth:8000}"
: "${EDGE_SOCIAL:=social:8000}"
: "${EDGE_CHAT:=chat:8000}"
: "${EDGE_SPORTS:=sports:8000}"
: "${EDGE_FEATURES:=feature-store:8000}"
: "${EDGE_RECOMMENDER:=recommender:8000}"
: "${EDGE_POLLING:=on}"                        # off: only WebSockets, for more than one chat process
: "${EDGE_API_RATE:=50r/s}"
: "${EDGE_API_BURST:=200}"
: "${EDGE_AUTH_RATE:=5r/s}"
: "${EDGE_AUTH_BURST:=30}"
: "${EDGE_CONNECTIONS_PER_ADDRESS:=400}"
: "${EDGE_SOCKETS_PER_ADDRESS:=200}"           # a club house shares one address
: "${EDGE_ACCESS_LOG:=/dev/stdout}"
export EDGE_DIR EDGE_RUN EDGE_EXTRA EDGE_WEB EDGE_WORKERS EDGE_HTTP EDGE_HTTPS EDGE_STATUS EDGE_SERVER_NAME EDGE_TLS \
  EDGE_CERTIFICATE EDGE_CERTIFICATE_KEY EDGE_RESOLVER EDGE_AUTH EDGE_SOCIAL EDGE_CHAT EDGE_SPORTS EDGE_FEATURES \
  EDGE_RECOMMENDER EDGE_POLLING EDGE_API_RATE EDGE_API_BURST EDGE_AUTH_RATE EDGE_AUTH_BURST \
  EDGE_CONNECTIONS_PER_ADDRESS EDGE_SOCKETS_PER_ADDRESS EDGE_ACCESS_LOG

mkdir -p "$EDGE_RUN"
for template in "$EDGE_DIR"/*.template; do
  # shellcheck disable=SC2016  # the dollars are awk's
  awk '{
    while (match($0, /\$\{EDGE_[A-Z_]+\}/)) {
      name = substr($0, RSTART + 2, RLENGTH - 3)
      if (!(name in ENVIRON)) { print "edge: nobody gives " name > "/dev/stderr"; exit 1 }
      $0 = substr($0, 1, RSTART - 1) ENVIRON[name] substr($0, RSTART + RLENGTH)
    }
    print
  }' "$template" >"$EDGE_RUN/$(basename "$template" .template)"
done

{
  for network in $EDGE_TRUSTED; do printf 'set_real_ip_from %s;\n' "$network"; done
  [ -z "$EDGE_TRUSTED" ] || printf 'real_ip_header X-Forwarded-For;\nreal_ip_recursive on;\n'
  case "$EDGE_SCHEME" in
    auto) printf 'map $scheme $edge_scheme { default $scheme; }\n' ;;
    http | https) printf 'map $scheme $edge_scheme { default %s; }\n' "$EDGE_SCHEME" ;;
    *) echo "edge: EDGE_SCHEME is auto, http or https, and not $EDGE_SCHEME" >&2; exit 1 ;;
  esac
  # shellcheck disable=SC2016  # the dollars are nginx's
  printf 'map $edge_scheme $edge_hsts { default ""; https "max-age=31536000"; }\n'
} >"$EDGE_RUN/trusted.conf"

exec "${EDGE_NGINX:-nginx}" -c "$EDGE_RUN/nginx.conf" -p "$EDGE_RUN" -e stderr -g 'daemon off;' "$@"
