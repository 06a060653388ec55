#!/bin/sh
# Makes the certificates beside it anew, all with one key that protects nothing. Needs OpenSSL 3.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
: >"$work/index"
cat >"$work/ca.conf" <<END
[ca]
default_ca = here
[here]
database = $work/index
rand_serial = yes
unique_subject = no
new_certs_dir = $work
default_md = sha256
policy = any
[any]
commonName = supplied
END
for name in authority server; do
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$name.key" 2>/dev/null ||
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$name.key"
done
openssl pkcs8 -topk8 -nocrypt -in "$work/server.key" -outform DER -out server-key.der

# name, key, last day, extensions, by whom
sign() {
  printf '%s\n' "$4" >"$work/ext"
  openssl req -new -key "$work/$2.key" -subj "/CN=$1" -out "$work/request"
  # shellcheck disable=SC2086
  openssl ca -batch -notext -config "$work/ca.conf" -in "$work/request" -startdate 20200101000000Z -enddate "$3" \
    -extfile "$work/ext" -out "$work/$1.pem" $5 2>/dev/null
}
leaf() {
  sign "$1" server "$3" "basicConstraints=critical,CA:FALSE
subjectAltName=$2" "$4"
  openssl x509 -in "$work/$1.pem" -outform DER -out "$1.der"
}
sign authority authority 21000101000000Z "basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign" "-selfsign -keyfile $work/authority.key"
cp "$work/authority.pem" authority.pem
by="-cert $work/authority.pem -keyfile $work/authority.key"
leaf good IP:127.0.0.1,DNS:pachca.test 21000101000000Z "$by"
leaf expired IP:127.0.0.1,DNS:pachca.test 20210101000000Z "$by"
leaf wrong-host DNS:somebody.else.test 21000101000000Z "$by"
leaf self-signed IP:127.0.0.1,DNS:pachca.test 21000101000000Z "-selfsign -keyfile $work/server.key"
