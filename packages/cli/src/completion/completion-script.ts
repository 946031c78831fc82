import type { Words } from './tree.ts';

/** A script for the shell to read, such as `source <(slipway completion bash)`. It asks nobody: every word is in it. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish', tree: readonly Words[]): string {
  switch (shell) {
    case 'bash':
      return bash(tree);
    case 'zsh':
      return zsh(tree);
    case 'fish':
      return fish(tree);
  }
}

function bash(tree: readonly Words[]): string {
  const cases = tree.map(({ path, verbs, flags }) => `    "${path}") words="${[...verbs, ...flags].join(' ')}" ;;`);
  return `_slipway() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="slipway" words="" word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case " \${_slipway_paths} " in *" \${path// /_}_\${word} "*) path="\${path} \${word}" ;; esac
  done
  case "\${path}" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "\${words}" -- "\${current}"))
}
_slipway_paths="${tree.map(({ path }) => path.replaceAll(' ', '_')).join(' ')}"
complete -o default -F _slipway slipway`;
}

/** As an autoloaded file it is itself the function that the first completion calls: that one is answered as well. */
function zsh(tree: readonly Words[]): string {
  return `#compdef slipway
autoload -U +X bashcompinit && bashcompinit
${bash(tree)}
if [[ "\${funcstack[1]-}" = _slipway ]]; then _bash_complete -o default -F _slipway; fi`;
}

function fish(tree: readonly Words[]): string {
  const lines = tree.flatMap(({ path, verbs, flags }) => {
    const here = `complete -c slipway -n '__slipway_at ${path}'`;
    return [...verbs.map((verb) => `${here} -f -a '${verb}'`), ...flags.map((flag) => `${here} -l '${flag.slice(2)}'`)];
  });
  return `set -g __slipway_paths ${tree.map(({ path }) => `'${path}'`).join(' ')}
function __slipway_at
  set -l words (commandline -opc)
  set -l path slipway
  for word in $words[2..]
    if contains -- "$path $word" $__slipway_paths
      set path "$path $word"
    end
  end
  test "$path" = "$argv"
end
${lines.join('\n')}`;
}
