# fish completion of semadoctor. For this shell: semadoctor completion fish | source
# For all: semadoctor completion fish > ~/.config/fish/completions/semadoctor.fish
function __semadoctor_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l current (commandline -ct)
    set -l before (string match -r '^.*=' -- $current)
    set -l after (string replace -r '^.*=' '' -- $current)
    for line in ($program __complete $words "$current" 2>/dev/null)
        switch $line
            case :files
                for path in (__fish_complete_path "$after")
                    echo "$before$path"
                end
            case :dirs
                for path in (__fish_complete_directories "$after")
                    echo "$before$path"
                end
            case '*'
                echo $line
        end
    end
end
complete -c semadoctor -f -a '(__semadoctor_complete)'
