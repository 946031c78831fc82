/** As PostgreSQL's catalogue has it. */
export interface TableName {
  readonly schema: string;
  readonly table: string;
}

/** `app.users`; `users` is in public. */
export function tableName(text: string): TableName {
  const [first = '', second] = text.split('.');
  return second === undefined ? { schema: 'public', table: first } : { schema: first, table: second };
}

export const nameText = ({ schema, table }: TableName): string => `${schema}.${table}`;

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const quotedTable = ({ schema, table }: TableName): string => `${quoted(schema)}.${quoted(table)}`;
