import type { Words } from './tree.ts';

/** A script for the shell to read, such as `source <(slipway completion bash)`. It asks nobody: every word is in it. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish', tree: readonly Words[]): string {
  switch (shell) {
    case 'bash':
      return bash(tree);
    case 'zsh':
      return `#compdef slipway\nautoload -U +X bashcompinit && bashcompinit\n${bash(tree)}`;
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

function fish(tree: readonly Words[]): string {
  const lines = tree.flatMap(({ path, verbs, flags }) => {
    const words = path.split(' ').slice(1);
    const last = words.at(-1);
    const seen = last === undefined ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${last}`;
    return [
      ...verbs.map((verb) => `complete -c slipway -f -n '${seen}' -a '${verb}'`),
      ...flags.map((flag) => `complete -c slipway -n '${seen}' -l '${flag.slice(2)}'`),
    ];
  });
  return lines.join('\n');
}
