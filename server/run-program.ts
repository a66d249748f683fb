import { type OpenDatabase, openDatabase } from './import-export/open-database.ts';

/** Runs a program of the shell; what it fails with is told in its own words, and the exit is 1. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

/** Works on the store that the settings name, and closes it. */
export async function onDatabase(name: string, work: (opened: OpenDatabase) => Promise<void>): Promise<void> {
  const opened = await openDatabase(name);
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}
