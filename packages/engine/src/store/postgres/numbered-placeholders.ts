/** The portable `?1, ?2, …` as PostgreSQL's `$1, $2, …`; text in quotes stays as it is. */
export function numberedPlaceholders(sql: string): string {
  return sql.replaceAll(/'[^']*'|\?(\d+)/g, (found, number: string | undefined) =>
    number === undefined ? found : `$${number}`,
  );
}
