/** In a script `{don-vi}` stands for the name of the unit that it is for; no number can have this key. */
export const UNIT_NAME_KEY = 'don-vi';
