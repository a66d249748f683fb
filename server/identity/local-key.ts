import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '#db/database.ts';
import { createApiKey } from './api-keys.ts';
import { hashOf } from './secrets.ts';

/**
 * Keeps a key for programs of this machine in the data directory, as `api-key`, for its owner alone to read: who can read
 * that can read the database's password beside it. Resolves with the file's path. A key that was revoked stays so until
 * somebody removes the file.
 */
export async function keepLocalKey(database: Database, dataDir: string): Promise<string> {
  const path = join(dataDir, 'api-key');
  const kept = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const known = await database.query('select 1 from api_keys where key_hash = $1', [hashOf(kept.trim())]);
  if (known.length > 0) return path;
  const { key } = await createApiKey(database, { name: 'this-machine', role: 'operator' }, 'npm start');
  // A new file each time: an old one may have another owner or mode.
  rmSync(path, { force: true });
  writeFileSync(path, key, { mode: 0o600, flag: 'wx' });
  return path;
}
