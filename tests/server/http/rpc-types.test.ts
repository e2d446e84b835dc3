import { hc } from 'hono/client';
import { expectTypeOf, test } from 'vitest';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Unit } from '#schemas/entities/site.ts';
import type { AppType } from '#server/http/app.ts';

const client = hc<AppType>('http://server.invalid');

test('the client’s types know what is sent and what comes back', () => {
  type Units = Awaited<ReturnType<Awaited<ReturnType<typeof client.api.units.$get>>['json']>>;
  expectTypeOf<Units>().toExtend<readonly Unit[]>();
  type Text = Parameters<typeof client.api.bulletins.text.$post>[0]['json'];
  expectTypeOf<{ title: string; text: string }>().toExtend<Text>();
  const release = client.api.bulletins[':id'].release;
  type Released = Awaited<ReturnType<Awaited<ReturnType<typeof release.$post>>['json']>>;
  expectTypeOf<Released>().toEqualTypeOf<Bulletin>();
});
