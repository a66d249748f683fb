/** For `--help` says how a program is called, and ends. */
export function showUsageWhereAsked(usage) {
  if (!process.argv.slice(2).includes('--help')) return;
  console.log(usage);
  process.exit(0);
}
