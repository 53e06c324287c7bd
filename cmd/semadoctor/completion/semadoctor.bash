# bash completion of semadoctor. For this shell: source <(semadoctor completion bash)
# For all: semadoctor completion bash > /usr/share/bash-completion/completions/semadoctor
_semadoctor() {
    local program=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]} word join='' last i files=''
    local words=()
    # What bash splits at = is one word again.
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $word == '=' || -n $join ]] && ((${#words[@]})); then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
        join=''
        [[ $word == '=' ]] && join=1
    done
    last=${words[${#words[@]} - 1]}
    [[ $current == '=' ]] && current=''
    [[ $program == '~/'* ]] && program=$HOME/${program:2}
    COMPREPLY=()
    while IFS=$'\t' read -r word _; do
        case $word in
        :files) files=1 ;;
        :dirs) files=1; compopt -o dirnames +o default 2>/dev/null ;;
        "$last"*) COMPREPLY+=("${word#"${last%"$current"}"}") ;;
        esac
    done < <("$program" __complete "${words[@]}" 2>/dev/null)
    # Files are bash's own to complete, with their quotes; nothing else is a file.
    [[ -n $files ]] || compopt +o default 2>/dev/null
}
complete -o default -F _semadoctor semadoctor
