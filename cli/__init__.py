"""The command line: options, one library call, output.  One module for each group of verbs."""
