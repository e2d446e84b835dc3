import { Badge, createTheme, type MantineColorsTuple, NavLink } from '@mantine/core';

const village: MantineColorsTuple = [
  '#e9f7f1',
  '#d6ece3',
  '#abd8c5',
  '#7dc4a6',
  '#57b28b',
  '#3fa87a',
  '#209166',
  '#0b6e4f',
  '#075f43',
  '#034d35',
];

const FAMILY = "'Be Vietnam Pro', sans-serif";

/** How the console looks: one type family, and a green that white text can be read on. */
export const theme = createTheme({
  fontFamily: FAMILY,
  fontFamilyMonospace: FAMILY,
  headings: { fontFamily: FAMILY },
  colors: { village },
  primaryColor: 'village',
  primaryShade: 7,
  defaultRadius: 'md',
  respectReducedMotion: true,
  components: {
    // A state that is cut short is no state.
    Badge: Badge.extend({ defaultProps: { tt: 'none', miw: 'max-content' } }),
    NavLink: NavLink.extend({ styles: { root: { borderRadius: 'var(--mantine-radius-md)' } } }),
  },
});
