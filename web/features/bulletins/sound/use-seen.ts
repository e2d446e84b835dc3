import { type RefObject, useEffect, useRef, useState } from 'react';

/** Whether the element has come into sight, or near it, at any time. */
export const useSeen = <T extends Element>(): readonly [RefObject<T | null>, boolean] => {
  const ref = useRef<T>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const { current } = ref;
    if (current === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [ref, seen];
};
