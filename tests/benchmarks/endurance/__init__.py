"""Much work, work that is cut off, files and pictures made to break it, and the same bits again."""
