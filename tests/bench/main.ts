import { cpus } from 'node:os';
import type { Figure } from './figure.ts';

/** Each part measures itself beside its raw limit; it is loaded only when it is run. */
const parts: Readonly<Record<string, () => Promise<{ figures(): AsyncGenerator<Figure> }>>> = {
  ingest: () => import('./ingest.ts'),
  'ingest-crowd': () => import('./ingest-crowd.ts'),
  formats: () => import('./formats.ts'),
  records: () => import('./records.ts'),
  link: () => import('./link.ts'),
  footprint: () => import('./footprint.ts'),
  sound: async () => {
    const { figuresWhile } = await import('./sound/figures.ts');
    return { figures: () => figuresWhile(false) };
  },
  'sound-crowded': async () => {
    const { figuresWhile } = await import('./sound/figures.ts');
    return { figures: () => figuresWhile(true) };
  },
  'sound-together': async () => {
    const { figuresTogether } = await import('./sound/figures.ts');
    return { figures: figuresTogether };
  },
  emergency: () => import('./emergency.ts'),
  plans: () => import('./plans.ts'),
  judging: () => import('./judging.ts'),
  verdict: () => import('./verdict-live.ts'),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  process.stderr.write(`${JSON.stringify({ unknown, known: Object.keys(parts) })}\n`);
  process.exit(2);
}

const print = (line: object): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

const [processor] = cpus();
print({ machine: processor?.model, cores: cpus().length, node: process.version });
for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
  const part = await parts[name]?.();
  if (part !== undefined) for await (const figure of part.figures()) print(figure);
}
