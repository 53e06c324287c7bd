#compdef semadoctor
# zsh completion of semadoctor. For this shell: source <(semadoctor completion zsh)
# For all: semadoctor completion zsh > "${fpath[1]}/_semadoctor"
_semadoctor() {
    local line value
    local -a found
    for line in "${(@f)$("${(Q)words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        case $line in
        :files) compset -P '*='; _files; return ;;
        :dirs) compset -P '*='; _files -/; return ;;
        ?*)
            value=${line%%$'\t'*}
            found+=("${value//:/\\:}:${line#*$'\t'}")
            ;;
        esac
    done
    (( $#found )) && _describe -t values value found
}
if [[ $funcstack[1] == _semadoctor ]]; then
    _semadoctor "$@"
else
    compdef _semadoctor semadoctor
fi
