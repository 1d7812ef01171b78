#!/bin/sh
# A conversation with Askwell, one message a line; needs jq:
#
#   sh chat.sh
#
# ASKWELL names the program when it is not on the PATH. One message alone:
#
#   echo 'is baby botox weaker' | jq -R '{jsonrpc: "2.0", id: 1, method: "ask", params: {text: .}}' -c |
#     askwell stdio | jq -r .result.text
#
# Each message starts a process of its own, so none can be lost for long: what a
# conversation needs travels in `context`. The message goes through pipes, never
# into an argument, where every user of the machine could read it.

context='' # a conversation's memory: pass it on, never look into it

ask() {
    jq --raw-input --compact-output --arg context "$context" \
        '{jsonrpc: "2.0", id: 1, method: "ask", params: {text: ., context: $context}}' |
        timeout 10 "${ASKWELL:-askwell}" stdio
}

while IFS= read -r text; do
    reply=$(printf '%s\n' "$text" | ask)
    # Once more with a new process, if the first was killed.
    [ -n "$reply" ] || reply=$(printf '%s\n' "$text" | ask)
    if [ -z "$reply" ] || ! printf '%s' "$reply" | jq --exit-status .result >/dev/null 2>&1; then
        printf 'No answer. In an emergency, call 911.\n\n'
        continue
    fi
    context=$(printf '%s' "$reply" | jq --raw-output .result.context)
    # A red flag: its text and nothing else. Nothing to sell, nothing to ask. In
    # the replies after one, `text` opens with a reminder by itself.
    printf '%s' "$reply" | jq --raw-output '.result
        | (if .status == "safety" then "*** PLEASE READ THIS FIRST (\(.safety.level)) ***" else empty end),
          .text, ""'
done
