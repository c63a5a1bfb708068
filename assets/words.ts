// What scripts say, in the page's language.
const english: Record<string, string> = {
  "Mất kết nối, đang thử lại…": "Connection lost, trying again…",
  "Không có mạng": "Offline",
  "Trang không còn tự cập nhật. Có thể phiên làm việc đã hết.": "This page no longer updates by itself. Your session may have ended.",
  "Không tìm thấy gì.": "Nothing found.",
  "Xem tất cả kết quả": "See all results",
  "Dài quá 1.000 ký tự. Mời bớt lại rồi tìm.": "Longer than 1,000 characters. Please shorten it, then search.",
  "Đã nạp": "Loaded",
  "Đang gửi": "Sending",
  "Gửi không được. Mời thử lại.": "Could not be sent. Please try again.",
  "Có bản nháp chưa gửi": "There is an unsent draft",
  "Dùng bản nháp": "Use the draft",
  "Bỏ": "Discard",
  "Đã chép": "Copied",
  "Trang": "Page",
  "Không mở được tệp này.": "This file could not be opened.",
  "Tìm trong văn bản": "Find in the document",
  "Trang trước": "Previous page",
  "Trang sau": "Next page",
  "Phóng to": "Zoom in",
  "Thu nhỏ": "Zoom out",
  "kết quả": "results",
  "Gõ một phần tên để lọc": "Type a part of a name to narrow",
  "Bỏ chọn": "Take away",
  "Không có ai khớp.": "Nobody matches.",
  "Nay là": "Today",
  "Chọn một:": "Choose one:",
  "Đã lưu nháp": "Draft saved",
  "Chưa lưu được nháp": "The draft could not be saved",
};
export function say(vietnamese: string): string {
  return document.documentElement.lang === "en" ? english[vietnamese] ?? vietnamese : vietnamese;
}
// Spoken by screen readers.
export function announce(words: string): void {
  const region = document.getElementById("said");
  if (region) region.textContent = words;
}
