import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * Reads the arguments of the process. Where they are not the program's own it says what is wrong and how the program is
 * called, and gives undefined; for `--help` it says how, and ends the process.
 */
export function readArguments<Config extends ParseArgsConfig>(usage: string, config: Config) {
  if (process.argv.slice(2).includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return undefined;
  }
}
