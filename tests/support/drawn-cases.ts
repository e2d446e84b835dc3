import fc from 'fast-check';

/**
 * The default run judges a change by the same cases each time: what it finds, the change did.
 * `npm run test:long` draws others each time, to find what nobody thought of.
 */
const SAME = 20261122;

const given = process.env.TIENG_LANG_TEST_SEED ?? '';
const long = process.env.TIENG_LANG_TEST_LONG === '1';
if (given !== '') fc.configureGlobal({ seed: Number(given) });
else if (!long) fc.configureGlobal({ seed: SAME });
