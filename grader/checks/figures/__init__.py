"""What figures and animated GIFs show, judged from data that the jail extracts from them."""
