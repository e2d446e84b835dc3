// Holds the bootstrap lock of the folder given as argument until its input ends.

import { withLock } from '../../../bootstrap/lock.mjs';
import { createTexts } from '../../../bootstrap/texts.mjs';

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

const context = {
  root: process.argv[2] ?? '',
  env: process.env,
  text: createTexts({ TIENG_LANG_LANGUAGE: 'en' }),
  say,
};
await withLock(context, async () => {
  say('holding');
  process.stdin.resume();
  await new Promise((resolve) => process.stdin.on('end', resolve));
});
