#!/bin/sh
# migrate.sh up|down|done NAME: what "npx prisma migrate deploy" is to a team that uses Prisma.
# The database is named by PGHOST, PGPORT, PGUSER, PGDATABASE and PGPASSWORD. done ends with 0 (applied), 1 (not), else unknown.
set -eu
sql() { psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 "$@"; }
applied() { sql --command "select count(*) from migrations where name = '$1'"; }

case "$1" in
  up) [ "$(applied "$2")" = 1 ] || sql --single-transaction --file "migrations/$2.up.sql" --command "insert into migrations (name) values ('$2')" ;;
  down) [ "$(applied "$2")" = 0 ] || sql --single-transaction --file "migrations/$2.down.sql" --command "delete from migrations where name = '$2'" ;;
  done) count=$(applied "$2") || exit 2; [ "$count" = 1 ] ;;
  *) echo "write up, down or done" >&2; exit 2 ;;
esac
