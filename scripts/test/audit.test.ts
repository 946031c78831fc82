import { expect, test } from 'vitest';
import { type Audit, readAudit } from './audit.ts';

const reportOf = (...found: readonly [name: string, severity: string][]) => {
  const count = (severity: string) => found.filter(([, each]) => each === severity).length;
  return JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(found.map(([name, severity]) => [name, { severity, range: '<2' }])),
    metadata: { vulnerabilities: { low: count('low'), high: count('high'), critical: count('critical') } },
  });
};

test.each<[string, string, Audit['state'], string]>([
  ['nothing', reportOf(), 'clean', ''],
  ['a lesser advisory', reportOf(['left-pad', 'low']), 'clean', 'low: left-pad <2'],
  ['a high one', reportOf(['left-pad', 'high']), 'vulnerable', 'high: left-pad <2'],
  ['a critical one', reportOf(['left-pad', 'critical']), 'vulnerable', 'critical: left-pad <2'],
  ['a registry without audits', '{"message":"405 Method Not Allowed","statusCode":405}', 'unknown', '405'],
  ['no network', '{"message":"getaddrinfo ENOTFOUND"}', 'unknown', 'ENOTFOUND'],
  ['no output', '', 'unknown', 'no report'],
  ['something else', '<html>', 'unknown', 'no report'],
])('%s', (_, output, state, text) => {
  const audit = readAudit(output);
  expect([audit.state, audit.text]).toEqual([state, expect.stringContaining(text)]);
});
