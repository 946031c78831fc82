import { describe, expect, it } from 'vitest';
import { StorageError } from '../storage-error.ts';
import { explainPostgres, isTransient } from './explain-postgres.ts';
import { postgresAddress } from './postgres-address.ts';

const ADDRESS = postgresAddress('postgres://slipway:s3cret@db.example.com:5433/launches');
const pgError = (code: string, own: object = {}) => Object.assign(new Error('PostgreSQL says so'), { code, ...own });

describe('errors of PostgreSQL', () => {
  it.each([
    ['no answer', 'ECONNREFUSED', 'cannot-open'],
    ['an unknown host', 'ENOTFOUND', 'cannot-open'],
    ['invalid_password', '28P01', 'cannot-open'],
    ['invalid_authorization', '28000', 'cannot-open'],
    ['invalid_catalog_name', '3D000', 'cannot-open'],
    ['insufficient_privilege', '42501', 'read-only'],
    ['read_only_sql_transaction', '25006', 'read-only'],
    ['disk_full', '53100', 'full'],
    ['too_many_connections', '53300', 'in-use'],
    ['serialization_failure', '40001', 'in-use'],
    ['deadlock_detected', '40P01', 'in-use'],
    ['lock_not_available', '55P03', 'in-use'],
    ['admin_shutdown', '57P01', 'input-output'],
    ['cannot_connect_now', '57P03', 'input-output'],
    ['connection_failure', '08006', 'input-output'],
    ['a reset', 'ECONNRESET', 'input-output'],
    ['query_canceled', '57014', 'input-output'],
    ['idle_in_transaction_session_timeout', '25P03', 'input-output'],
    ['io_error', '58030', 'input-output'],
    ['data_corrupted', 'XX001', 'damaged'],
    ['unique_violation', '23505', 'duplicate'],
    ['not_null_violation', '23502', 'duplicate'],
  ])('%s (%s) is %s, in one line, with its cause', (_name, code, problem) => {
    const error = pgError(code);
    const explained = explainPostgres(error, ADDRESS);
    expect(explained).toBeInstanceOf(StorageError);
    expect(explained).toMatchObject({
      code: problem,
      cause: error,
      message: expect.stringMatching(/^The PostgreSQL database launches at db\.example\.com:5433 [^\n]*\.$/),
    });
  });

  it.each([
    ['Connection terminated unexpectedly', 'input-output'],
    ['Client has encountered a connection error and is not queryable', 'input-output'],
    ['Connection terminated due to connection timeout', 'cannot-open'],
    ['timeout exceeded when trying to connect', 'cannot-open'],
    ['Query read timeout', 'input-output'],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'cannot-open'],
  ])('%j is %s', (words, problem) => {
    expect(explainPostgres(new Error(words), ADDRESS)).toMatchObject({ code: problem });
  });

  it('several addresses that do not answer are one that does not', () => {
    const error = new AggregateError([pgError('ECONNREFUSED'), pgError('ECONNREFUSED')]);
    expect(explainPostgres(error, ADDRESS)).toMatchObject({ code: 'cannot-open' });
  });

  it.each([pgError('42601'), new TypeError('not ours'), 'text', null])('leaves %s as it is', (error) => {
    expect(explainPostgres(error, ADDRESS)).toBe(error);
  });

  it.each(['23505', '42601'])('takes the values of rows out of %s', (code) => {
    const error = pgError(code, { detail: 'Key (hash)=(abc) already exists.', where: 'abc', internalQuery: 'abc' });
    explainPostgres(error, ADDRESS);
    expect(JSON.stringify(Object.entries(error))).not.toContain('abc');
  });

  it.each([
    ['40001', true],
    ['40P01', true],
    ['23505', false],
    ['08006', false],
  ])('%s may be tried again: %s', (code, transient) => {
    expect(isTransient(pgError(code))).toBe(transient);
    expect(isTransient(explainPostgres(pgError(code), ADDRESS))).toBe(transient);
  });
});

describe('the address', () => {
  it.each([
    ['postgres://user:s3cret@host:5433/base', 'The PostgreSQL database base at host:5433'],
    ['postgresql://host/base?password=s3cret', 'The PostgreSQL database base at host'],
    ['postgres://user@host', 'The PostgreSQL database user at host'],
    ['postgres:///base', 'The PostgreSQL database base at this machine'],
  ])('of %s', (url, address) => {
    expect(postgresAddress(url)).toBe(address);
  });

  it.each(['mysql://u:s3cret@h/d', 'host=h password=s3cret', 'postgres://u:s3cret@h:port/d', ''])(
    'refuses %j, without repeating it',
    (url) => {
      const refusal = () => postgresAddress(url);
      expect(refusal).toThrow(StorageError);
      expect(refusal).not.toThrow(/s3cret/);
    },
  );
});
