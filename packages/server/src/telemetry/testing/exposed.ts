/** Prometheus' text format, read back. */
export interface Exposed {
  /** By name. */
  readonly types: Readonly<Record<string, string>>;
  /** By the line in front of the figure. */
  readonly samples: Readonly<Record<string, number>>;
  /** Names of labels, by metric; `le` is the format's own. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
}

/** Throws for a line that the format does not know. */
export function readExposed(text: string): Exposed {
  const types: Record<string, string> = {};
  const samples: Record<string, number> = {};
  const labels: Record<string, string[]> = {};
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const type = /^# TYPE (\w+) (counter|gauge|histogram)$/.exec(line);
    if (type !== null) types[type[1] ?? ''] = type[2] ?? '';
    else if (!/^# (HELP|UNIT) \w+ .+$/.test(line)) readSample(line, { types, samples, labels });
  }
  return { types, samples, labels };
}

interface Reading {
  readonly types: Record<string, string>;
  readonly samples: Record<string, number>;
  readonly labels: Record<string, string[]>;
}

function readSample(line: string, { types, samples, labels }: Reading): void {
  const found = /^((\w+)(?:\{((?:\w+="(?:[^"\\]|\\.)*",?)*)\})?) ([\d.e+-]+|\+Inf|NaN)$/.exec(line);
  if (found === null) throw new Error(`not a line of the text format: ${line}`);
  const [, sample = '', name = '', pairs = '', figure = ''] = found;
  const histogram = name.replace(/_(bucket|sum|count)$/, '');
  const metric = types[histogram] === 'histogram' ? histogram : name;
  samples[sample] = Number(figure);
  const names = [...pairs.matchAll(/(\w+)="/g)].map((pair) => pair[1] ?? '').filter((label) => label !== 'le');
  labels[metric] = [...new Set([...(labels[metric] ?? []), ...names])];
}
