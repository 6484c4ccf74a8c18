import type { Preview } from '@/lib/chat/wire'

/** What linked pages say of themselves. Comes after the message, and below everything it had before. */
export function Previews({ previews }: { previews: readonly Preview[] }) {
  return previews.map((preview) => (
    <a
      key={preview.url}
      href={preview.url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="my-1.5 flex max-w-120 overflow-hidden rounded-control border border-line bg-surface hover:border-ink-3"
    >
      {preview.image_url && (
        <img src={preview.image_url} alt="" loading="lazy" className="w-24 shrink-0 bg-sunken object-cover" />
      )}
      <span className="min-w-0 flex-1 px-3 py-2.5">
        {preview.site && <span className="block truncate text-xs text-ink-3">{preview.site}</span>}
        <span className="line-clamp-2 text-md font-semibold">{preview.title}</span>
        {preview.description && (
          <span className="mt-0.5 line-clamp-2 text-sm text-ink-2">{preview.description}</span>
        )}
      </span>
    </a>
  ))
}
