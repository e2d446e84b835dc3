import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A text of the small pack; its key is its file's name. */
export interface SmallText {
  readonly key: string;
  readonly trial: boolean;
  readonly script: readonly string[];
}

const bulletinOf = ({ key, trial, script }: SmallText) => ({
  key,
  title: key,
  role: 'bulletin',
  trial,
  language: 'vi',
  priority: 'normal',
  campaigns: ['dot-cao-diem'],
  script,
});

const pack = {
  v: 1,
  validDays: 90,
  site: {
    slug: 'xa-thu',
    name: 'Xã Thử',
    zone: 'Asia/Ho_Chi_Minh',
    quietHours: [{ from: '21:00', to: '05:00' }],
  },
  units: [
    { key: 'xa', parent: null, level: 'commune', name: 'Xã Thử' },
    { key: 'thon', parent: 'xa', level: 'village', name: 'Thôn Đoài' },
  ],
  speakers: [{ key: 'loa', unit: 'thon', name: 'Cụm loa thôn Đoài', volume: 80 }],
  directives: [{ key: 'van-ban', number: '12/KH', issuer: 'UBND xã Thử', abstract: 'Cao điểm' }],
  campaigns: [{ key: 'dot-cao-diem', directive: 'van-ban', name: 'Đợt cao điểm' }],
  rules: [
    {
      campaign: 'dot-cao-diem',
      unit: 'xa',
      scope: 'subtree',
      minOccurrences: 2,
      minMinutes: 1,
      dayparts: [{ from: '05:30', to: '06:30' }],
    },
  ],
};

/** Writes a starter pack of one commune, one village and one speaker into `folder`. */
export const writeSmallPack = async (
  folder: string,
  texts: readonly SmallText[] = [],
): Promise<void> => {
  await mkdir(join(folder, 'bulletins'), { recursive: true });
  const file = { ...pack, bulletins: texts.map(({ key }) => key) };
  await writeFile(join(folder, 'pack.json'), JSON.stringify(file));
  for (const text of texts) {
    const path = join(folder, 'bulletins', `${text.key}.json`);
    await writeFile(path, JSON.stringify(bulletinOf(text)));
  }
};
