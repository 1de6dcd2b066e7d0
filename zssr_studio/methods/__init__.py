"""What a result is compared with: other ways to enlarge a picture, each as its authors meant it."""
