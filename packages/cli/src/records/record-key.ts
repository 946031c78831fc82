import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DATA_FOLDER, findDataFolder } from '../connection/local-server.ts';
import { readOwnFile } from '../connection/own-files.ts';
import { prepareDataFolder } from '../connection/start-server.ts';
import { Failure, reasonOf } from '../failure.ts';
import type { Session } from '../session.ts';
import { keyId } from './dsse.ts';

const PRIVATE_FILE = 'record-key.pem';
const PUBLIC_FILE = 'record-key.pub.pem';

export interface MadeKey {
  readonly id: string;
  readonly publicFile: string;
}

/** Makes the key that signs bundles: the private part in the data folder, for its owner alone. Throws Failure where one is there. */
export function createRecordKey(session: Session, exportTo: string | undefined): MadeKey {
  const { context, m } = session;
  const folder = dataFolder(session);
  prepareDataFolder(folder, m);
  const file = join(folder, PRIVATE_FILE);
  if (existsSync(file)) throw new Failure('conflict', m.reports.keyExists(file));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicFile = exportTo === undefined ? join(folder, PUBLIC_FILE) : resolve(context.cwd, exportTo);
  try {
    // Never over one that is there, whoever was faster.
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    writeFileSync(publicFile, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644 });
  } catch (error) {
    throw new Failure('wrong-input', m.failures.unwritable(publicFile, reasonOf(error)));
  }
  return { id: keyId(publicKey), publicFile };
}

/** The key that was made. Throws Failure where there is none, or where others may have written it. */
export function readRecordKey(session: Session): KeyObject {
  const { m } = session;
  const file = join(dataFolder(session), PRIVATE_FILE);
  const text = readOwnFile(file, m);
  if (text === null) throw new Failure('not-found', m.reports.noKey(file));
  return ed25519(() => createPrivateKey(text), file, session);
}

/** A public key that somebody handed on. Throws Failure. */
export function readPublicKey(session: Session, file: string): KeyObject {
  const { context, m } = session;
  let text: string;
  try {
    text = readFileSync(resolve(context.cwd, file), 'utf8').slice(0, 10_000);
  } catch (error) {
    throw new Failure('wrong-input', m.failures.unreadable(file, reasonOf(error)));
  }
  return ed25519(() => createPublicKey(text), file, session);
}

/** No word of the library's error goes on: it could speak of the key. */
function ed25519(read: () => KeyObject, file: string, { m }: Session): KeyObject {
  let key: KeyObject | null = null;
  try {
    key = read();
  } catch {
    key = null;
  }
  if (key?.asymmetricKeyType !== 'ed25519') throw new Failure('wrong-input', m.reports.badKey(file));
  return key;
}

function dataFolder({ context }: Session): string {
  return findDataFolder(context.cwd) ?? join(context.cwd, DATA_FOLDER);
}
