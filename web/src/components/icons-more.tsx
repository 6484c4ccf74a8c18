import type { LucideIcon } from 'lucide-react'
import {
  AtSign,
  Bookmark,
  CalendarPlus,
  Camera,
  Captions,
  Copy,
  CalendarCheck,
  Download,
  Eye,
  EyeOff,
  Flag,
  Flame,
  Hash,
  Image,
  Info,
  Keyboard,
  Laptop,
  Link as LinkGlyph,
  Megaphone,
  MessageCircle,
  Minus,
  Monitor,
  Paperclip,
  Pause,
  Pencil,
  Pin,
  Play,
  Repeat,
  Reply,
  Rss,
  RotateCcw,
  Share2,
  Smartphone,
  Smile,
  Sparkles,
  Trash2,
  Upload,
  UserPlus,
  Users,
  Trophy,
  Volume2,
  VolumeX,
} from 'lucide-react'
import { createElement } from 'react'

import type { Icon } from './icons'

/** Lucide at our weight and size. Add what a screen needs here, so that the whole hub draws with one pen. */
function ours(Glyph: LucideIcon): Icon {
  return function LucideStroke({ size = 20, ref: _ref, ...rest }) {
    return createElement(Glyph, { size, strokeWidth: 1.75, 'aria-hidden': true, focusable: false, ...rest })
  }
}

export const AtIcon = ours(AtSign)
export const BookmarkIcon = ours(Bookmark)
export const AddEventIcon = ours(CalendarPlus)
export const CameraIcon = ours(Camera)
export const CaptionsIcon = ours(Captions)
export const CommentIcon = ours(MessageCircle)
export const CopyIcon = ours(Copy)
export const DownloadIcon = ours(Download)
export const EyeIcon = ours(Eye)
export const EyeOffIcon = ours(EyeOff)
export const FeedIcon = ours(Rss)
export const FlagIcon = ours(Flag)
export const ImageIcon = ours(Image)
export const LaptopIcon = ours(Laptop)
export const LinkIcon = ours(LinkGlyph)
export const MegaphoneIcon = ours(Megaphone)
export const MinusIcon = ours(Minus)
export const MonitorIcon = ours(Monitor)
export const MutedIcon = ours(VolumeX)
export const PauseIcon = ours(Pause)
export const PencilIcon = ours(Pencil)
export const PeopleIcon = ours(Users)
export const PhoneIcon = ours(Smartphone)
export const PlayIcon = ours(Play)
export const RepeatIcon = ours(Repeat)
export const ReplyIcon = ours(Reply)
export const RetryIcon = ours(RotateCcw)
export const ShareIcon = ours(Share2)
export const SmileIcon = ours(Smile)
export const SoundIcon = ours(Volume2)
export const SparklesIcon = ours(Sparkles)
export const TrashIcon = ours(Trash2)
export const UploadIcon = ours(Upload)
export const AddPersonIcon = ours(UserPlus)
export const CalendarCheckIcon = ours(CalendarCheck)
export const FlameIcon = ours(Flame)
export const AwardIcon = ours(Trophy)
export const HashIcon = ours(Hash)
export const InfoIcon = ours(Info)
export const KeyboardIcon = ours(Keyboard)
export const PaperclipIcon = ours(Paperclip)
export const PushpinIcon = ours(Pin)
