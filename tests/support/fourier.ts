/** A sample that is known to be there. */
const at = (values: Float64Array, index: number): number => values[index] ?? 0;

const swap = (values: Float64Array, a: number, b: number): void => {
  const kept = at(values, a);
  values[a] = at(values, b);
  values[b] = kept;
};

const reverseBits = (re: Float64Array, im: Float64Array): void => {
  let mirrored = 0;
  for (let index = 1; index < re.length; index += 1) {
    let bit = re.length >> 1;
    for (; mirrored & bit; bit >>= 1) mirrored ^= bit;
    mirrored ^= bit;
    if (index < mirrored) {
      swap(re, index, mirrored);
      swap(im, index, mirrored);
    }
  }
};

/** The Fourier transform of `re` + i·`im` in place; the length is a power of two. */
export const transform = (re: Float64Array, im: Float64Array): void => {
  reverseBits(re, im);
  for (let half = 1; half < re.length; half *= 2) {
    for (let k = 0; k < half; k += 1) {
      const cos = Math.cos((-Math.PI * k) / half);
      const sin = Math.sin((-Math.PI * k) / half);
      for (let a = k; a < re.length; a += 2 * half) {
        const b = a + half;
        const reB = at(re, b) * cos - at(im, b) * sin;
        const imB = at(re, b) * sin + at(im, b) * cos;
        re[b] = at(re, a) - reB;
        im[b] = at(im, a) - imB;
        re[a] = at(re, a) + reB;
        im[a] = at(im, a) + imB;
      }
    }
  }
};

/** A signal's spectrum, made once and compared with many windows. */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The spectrum of `samples`, padded with zeros to `size`. */
export const spectrumOf = (samples: Float32Array, size: number): Spectrum => {
  const re = new Float64Array(size);
  re.set(samples);
  const im = new Float64Array(size);
  transform(re, im);
  return { re, im };
};

/** For each lag the sum of `window[n] · signal[n + lag]`, from both spectra of one size. */
export const correlate = (window: Spectrum, signal: Spectrum): Float64Array => {
  const size = signal.re.length;
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let k = 0; k < size; k += 1) {
    re[k] = at(window.re, k) * at(signal.re, k) + at(window.im, k) * at(signal.im, k);
    im[k] = -(at(window.re, k) * at(signal.im, k) - at(window.im, k) * at(signal.re, k));
  }
  transform(re, im);
  return re.map((value) => value / size);
};
