// `node --import ./bin/typescript.mjs`: runs TypeScript by taking its types away.
import { register } from 'node:module';

process.setSourceMapsEnabled(true);
register('./strip-types.mjs', import.meta.url);
