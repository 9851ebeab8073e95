/** The programme's eight-pointed mark. */
export function Mark({ size = 34 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 40 40" aria-hidden="true">
      <path
        d="M20 3.2l4.9 4.9h7v7l4.9 4.9-4.9 4.9v7h-7L20 36.8l-4.9-4.9h-7v-7L3.2 20l4.9-4.9v-7h7z"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinejoin="round"
      />
      <path
        d="M20 12l2.35 2.35h3.3v3.3L28 20l-2.35 2.35v3.3h-3.3L20 28l-2.35-2.35h-3.3v-3.3L12 20l2.35-2.35v-3.3h3.3z"
        fill="currentColor"
      />
    </svg>
  );
}
