/** An orange dark enough for white text; Mantine's own is not. */
export const DARK_ORANGE = '#a63a0a';
