import { Accordion, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { DayReconciliation } from '#schemas/reconciliation.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { OutsideList } from './outside-list.tsx';
import { SlotTable } from './slot-table.tsx';
import { TotalsText } from './totals-text.tsx';

interface SpeakerDayProps {
  readonly name: string;
  readonly isPlanned: boolean;
  readonly day: DayReconciliation;
}

/** One speaker's day: each planned session with its items, and what sounded besides. */
export const SpeakerDay = ({ name, isPlanned, day }: SpeakerDayProps) => {
  const say = useText();
  const times = useLocalTimes();
  return (
    <Card component="article" withBorder aria-label={name}>
      <Stack gap="xs">
        <Title order={2} size="h4">
          {name}
        </Title>
        {isPlanned && day.totals.slots > 0 ? (
          <TotalsText totals={day.totals} outsideMs={day.outsideMs} />
        ) : (
          <Text size="sm">{say('reconciliation.unplanned')}</Text>
        )}
        <Accordion variant="contained" multiple>
          {day.sessions.map(({ session, plannedMs, drill, slots, totals }) => (
            <Accordion.Item key={session} value={session}>
              <Accordion.Control>
                <Group justify="space-between" gap="xs">
                  <Text size="sm" fw={600}>
                    {say('reconciliation.session', { time: times.time(plannedMs) })}
                    {drill && ` (${say('today.drill')})`}
                  </Text>
                  <TotalsText totals={totals} outsideMs={0} />
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <SlotTable
                  label={`${name}: ${say('reconciliation.session', { time: times.time(plannedMs) })}`}
                  slots={slots}
                />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
        <OutsideList sounds={day.outside} />
      </Stack>
    </Card>
  );
};
