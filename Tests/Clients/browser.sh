#!/bin/sh
# curl with a cookie jar, as a person at a browser without JavaScript: signs in, passes a referral, signs out.
#
#     browser.sh ADDRESS EMAIL PASSWORD CHAPTER
set -eu

address=$1
email=$2
password=$3
api=$address/api/v1/chapters/$4

jar=$(mktemp)
trap 'rm -f "$jar"' EXIT

visit() {
    curl --silent --show-error --fail --cookie "$jar" --cookie-jar "$jar" "$@"
}

# What the form carries to show that its page was read.
form_token() {
    visit "$address$1" | sed -n 's/.*name="form_token" value="\([^"]*\)".*/\1/p' | head -n 1
}

expect() {
    if [ "$2" != "$3" ]; then
        printf '%s\n' "$1: $3 instead of $2" >&2
        exit 1
    fi
}

# The status alone, of what need not succeed.
status() {
    curl --silent --output /dev/null --write-out '%{http_code}' --cookie "$jar" "$@"
}

expect 'The roster before signing in' 401 "$(status "$api/members")"
visit --output /dev/null --data-urlencode "form_token=$(form_token /sign-in)" \
    --data-urlencode "email=$email" --data-urlencode "password=$password" "$address/sign-in"
expect 'The roster' 200 "$(status "$api/members")"

referral='{"receiver": "Karl Kurz @ Cedar", "need": "a new roof"}'
expect 'A referral without a form token' 403 \
    "$(status -H 'Content-Type: application/json' --data "$referral" "$api/referrals")"
token=$(form_token /account)
place=$(visit --output /dev/null --write-out '%header{location}' --header "X-Form-Token: $token" \
    --header 'Content-Type: application/json' --data "$referral" "$api/referrals")
visit "$address$place" | grep -q '"receiver":"Karl Kurz @ Cedar"'

visit --output /dev/null --data-urlencode "form_token=$token" "$address/sign-out"
expect 'The referral after signing out' 401 "$(status "$address$place")"
