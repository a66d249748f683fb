// Some registries leave out packages built for other platforms, npm then leaves them out of the lock file, and `npm ci`
// fails elsewhere. This writes each missing optional package of an exact version into the lock; `--check` only tells.
import { readFileSync, writeFileSync } from 'node:fs';
import { showUsageWhereAsked } from './usage.mjs';

const OS = 'aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(' ');
const CPU = 'arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64'.split(' ');

showUsageWhereAsked('npm run lock:complete -- [--check]    names the packages of every platform in the lock file');

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const present = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, '')));
const added = [];
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (present.has(name) || !/^\d+\.\d+\.\d+/.test(version)) continue;
    const words = name.split(/[/\-_.]/);
    const os = OS.filter((word) => words.includes(word));
    const cpu = CPU.filter((word) => words.includes(word));
    lock.packages[`node_modules/${name}`] = {
      version,
      optional: true,
      ...(os.length > 0 && { os }),
      ...(cpu.length > 0 && { cpu }),
    };
    present.add(name);
    added.push(`${name}@${version}`);
  }
}
if (added.length === 0) {
  console.log('the lock file names the packages of every platform');
} else if (process.argv.includes('--check')) {
  console.error(
    `the lock file lacks ${added.length} packages of other platforms (${added[0]}, …): npm run lock:complete`,
  );
  process.exit(1);
} else {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`added ${added.length} packages of other platforms to the lock file`);
}
