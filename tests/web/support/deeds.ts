import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import type { ApiCaller } from '#tests/support/api-caller.ts';

const TEXT = 'vào sáng thứ Năm tuần này, từ bảy giờ đến mười một giờ.';

/** A bulletin read out by the voice of the server, submitted to the approver. */
export const bringText = async (person: ApiCaller, title: string) =>
  bulletinSchema.parse(
    await person.post('/api/bulletins/text', { title, text: `${title} ${TEXT}` }),
  );
