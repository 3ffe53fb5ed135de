# Runs a server in this shell's own session and ends all of it when the server ends, when standard input closes
# (its owner is gone, even by kill -9) or when the shell is told to end.
# Arguments: seconds of grace between SIGTERM and SIGKILL, then the command.
grace=$1
shift
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
trap : TERM INT HUP USR1
(trap '' TERM INT HUP; while read -r line; do :; done <&3; while kill -USR1 $$; do sleep 0.5; done) 2>/dev/null &
watcher=$!
exec 3<&-
wait $server
code=$?

# The server, all it started (in sessions of their own too) and what of this session lost its parent.
family() {
    cat /proc/[0-9]*/stat 2>/dev/null | awk -v guard=$$ -v server=$server -v watcher=$watcher -v seen="$known" '
        BEGIN { n = split(seen, list, " "); for (i = 1; i <= n; i++) was[list[i]] }
        { pid = $1; sub(/^.*\) /, ""); if ($1 != "Z") { parent[pid] = $2; session[pid] = $4 } }
        END {
            for (p in parent) {
                mine = 0; ours = 0; under = 0
                for (q = p; (q in parent) && !under; q = parent[q]) {
                    if (q == server || (q in was)) mine = 1
                    if (session[q] == guard) ours = 1
                    if (q == guard) under = 1
                }
                if (mine || (ours && !under)) printf "%s ", p
            }
        }'
}
known=
turn=0
while :; do
    alive=$(family)
    [ -n "$alive" ] || break
    [ "$alive" = "$known" ] || kill -TERM $alive 2>/dev/null
    known=$alive
    turn=$((turn + 1))
    if [ $turn -gt $((grace * 10)) ]; then
        kill -KILL $alive 2>/dev/null
        break
    fi
    sleep 0.1
done
kill -KILL $watcher 2>/dev/null
exit $code
