import { writeFileSync } from 'node:fs';
import { readArguments } from '#server/import-export/read-arguments.ts';
import { permissionTable } from './permission-table.ts';

const given = readArguments('npm run permissions    writes docs/permissions.md from the procedures', {});
if (given === undefined) process.exit(2);
writeFileSync(new URL('../docs/permissions.md', import.meta.url), permissionTable());
