import type { Command } from 'commander';
import type { TopicPack } from '#content/packs/topic-pack.ts';
import { connect } from '../client/api.ts';
import { readSession } from '../client/session-file.ts';
import { printJson, reportProblem } from '../outcome.ts';
import { text } from '../text.ts';

interface ImportWords {
  readonly from: string;
  readonly to: string;
  readonly unit?: string;
  readonly directive?: string;
  readonly number: readonly string[];
  readonly confirm?: string;
}

const list = async (): Promise<void> => {
  const { loadOwnTopics } = await import('#content/packs/load-topic-pack.ts');
  const packs = await loadOwnTopics();
  if (!packs.ok) return reportProblem(packs.problem);
  printJson(
    packs.value.map(({ key, name, directive, rules, numbers, bulletins }) => ({
      key,
      name,
      directive: directive?.number ?? null,
      rules: rules.length,
      numbers: numbers.map((number) => number.key),
      bulletins: bulletins.map(({ title }) => title),
    })),
  );
};

/** The program's own topic of that key, or the one in that folder. */
const findTopic = async (name: string): Promise<TopicPack | undefined> => {
  const { loadOwnTopics, loadTopicPack } = await import('#content/packs/load-topic-pack.ts');
  const own = await loadOwnTopics();
  const known = own.ok ? own.value.find(({ key }) => key === name) : undefined;
  if (known !== undefined) return known;
  const loaded = await loadTopicPack(name);
  if (loaded.ok) return loaded.value;
  reportProblem(loaded.problem);
  return undefined;
};

/** "cong-an-xa=0237 3721 150" as one entry. */
const numberOf = (word: string): readonly [string, string] => {
  const [key = '', ...rest] = word.split('=');
  return [key.trim(), rest.join('=').trim()];
};

const bring = async (name: string, words: ImportWords): Promise<void> => {
  const session = await readSession();
  if (session === undefined) return reportProblem({ code: 'notSignedIn' });
  const pack = await findTopic(name);
  if (pack === undefined) return;
  const numbers = new Map(words.number.map(numberOf));
  const { importTopic } = await import('../packs/import-topic.ts');
  const { from, to, unit, directive, confirm } = words;
  const confirmed = confirm?.split(',') ?? [];
  const place = { from, to, unit, directive, numbers, confirmed };
  const imported = await importTopic(connect(session), pack, place);
  if (imported !== undefined) printJson(imported);
};

const collect = (word: string, before: readonly string[]): readonly string[] => [...before, word];

/** `packs list` and `packs import`: texts and rules about one topic. */
export const addPackCommands = (program: Command): void => {
  const packs = program.command('packs').description(text('packs'));
  packs.command('list').description(text('packsList')).action(list);
  packs
    .command('import')
    .argument('<pack>', text('packName'))
    .requiredOption('--from <day>', text('packFrom'))
    .requiredOption('--to <day>', text('packTo'))
    .option('--unit <id>', text('packUnit'))
    .option('--directive <id>', text('packDirective'))
    .option('--number <key=number>', text('packNumber'), collect, [])
    .option('--confirm <codes>', text('packConfirm'))
    .description(text('packsImport'))
    .action(bring);
};
