import type { RunStep } from '../model/step.ts';

/** Changes of a database, by the words that people and tools use for them. */
const MIGRATION =
  /\b(?:migrat\w*|alembic|flyway|liquibase|sqitch|dbmate|goose|atlas schema|alter\s+table|db[ :-]?push|schema[ :-](?:change|update|apply)|changement de sch[ée]ma)/i;

/** What takes data away, or changes a schema where it counts: drop table, truncate, delete from, migrate deploy. */
const DESTRUCTIVE =
  /\b(?:drop\s+(?:table|column|database|schema|index|view|type|constraint)|dropdb|truncate|delete\s+from|migrate\s+(?:deploy|reset|fresh)|flushall|flushdb|rm\s+-\w*r\w*)\b/i;

const wordsOf = ({ command }: RunStep): string => command.argv.join(' ');

export function isMigration(step: RunStep): boolean {
  return MIGRATION.test(step.title) || MIGRATION.test(wordsOf(step)) || isDestructive(step);
}

function isDestructive(step: RunStep): boolean {
  return destructiveWords(step) !== null;
}

/** The words that take data away; null: there are none. */
export function destructiveWords(step: RunStep): string | null {
  return DESTRUCTIVE.exec(wordsOf(step))?.[0] ?? null;
}
