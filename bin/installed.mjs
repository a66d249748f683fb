// Whether node_modules has what a lock file names: npm writes what it installed into node_modules/.package-lock.json.
import { existsSync, readFileSync } from 'node:fs';

/** Packages that npm leaves out on this machine may be missing: optional ones of other platforms, and what only they need. */
export function isInstalled(lockFile = 'package-lock.json', folder = '.') {
  const record = `${folder}/node_modules/.package-lock.json`;
  if (!existsSync(record)) return false;
  const wanted = packagesOf(lockFile);
  const found = packagesOf(record);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const there = found[path];
    if (there === undefined) return (entry.optional || entry.devOptional) && !isForThisMachine(entry);
    const same =
      there.version === entry.version && (there.integrity ?? entry.integrity) === (entry.integrity ?? there.integrity);
    return same && existsSync(`${folder}/${path}`);
  });
}

function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/** Whether it is named for this system; one that names none comes with another that does. */
function isForThisMachine({ os, cpu, libc }) {
  if (os === undefined && cpu === undefined) return false;
  return names(os, process.platform) && names(cpu, process.arch) && names(libc, libcOfThisMachine());
}

function names(list, one) {
  if (list === undefined) return true;
  if (list.includes(`!${one}`)) return false;
  return list.includes(one) || list.every((other) => other.startsWith('!'));
}

function libcOfThisMachine() {
  if (process.platform !== 'linux') return undefined;
  // Else the report looks up the name of every open connection.
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}
