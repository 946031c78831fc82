import type { SqlValue } from '../../ports/database.ts';

interface Part {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/**
 * Each statement a part of one, which gives the row of each as JSON in a column of its place: `p0`, `p1`, ... A part that returns
 * rows must return one, or else the division by its number takes everything back.
 */
export function oneStatement(parts: readonly Part[]): string {
  let before = 0;
  const wholes = parts.map(({ sql, values }, index) => {
    const part = `p${index} as (${moved(sql, before)})`;
    before += values.length;
    return part;
  });
  const answers = parts.flatMap(({ sql }, index) =>
    returns(sql)
      ? [`(select to_json(p${index})::text from p${index}) as p${index}, 1 / (select count(*) from p${index})`]
      : [],
  );
  return `with ${wholes.join(', ')} select ${answers.join(', ')}`;
}

/** The numbers of its values begin after those of the parts before it. */
function moved(sql: string, by: number): string {
  return sql.replaceAll(/'[^']*'|\?(\d+)/g, (found, number: string | undefined) =>
    number === undefined ? found : `?${Number(number) + by}`,
  );
}

function returns(sql: string): boolean {
  return /\breturning\b/i.test(sql);
}
