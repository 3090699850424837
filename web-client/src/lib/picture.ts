export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the picture lies in an element that shows it whole, in the middle (`object-fit: contain`). */
export function pictureBox(element: Box, picture: Size): Box {
  if (picture.width === 0 || picture.height === 0) return element;
  const scale = Math.min(element.width / picture.width, element.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return {
    left: element.left + (element.width - width) / 2,
    top: element.top + (element.height - height) / 2,
    width,
    height,
  };
}

export interface Place {
  readonly x: number;
  readonly y: number;
  /** False on the bars beside the picture; x and y are then those of its nearest edge. */
  readonly inside: boolean;
}

/** The place of a point on the page as fractions of the picture. */
export function placeIn(box: Box, clientX: number, clientY: number): Place {
  const x = box.width > 0 ? (clientX - box.left) / box.width : 0;
  const y = box.height > 0 ? (clientY - box.top) / box.height : 0;
  const inside = x >= 0 && x <= 1 && y >= 0 && y <= 1;
  return { x: fraction(x), y: fraction(y), inside };
}

/** Five decimals tell apart the pixels of the largest picture. */
function fraction(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 1e5) / 1e5;
}
