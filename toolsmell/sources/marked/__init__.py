"""Tools in C#, Java, Kotlin and Rust: methods that attributes, annotations or macros mark as tools.

Names, descriptions and parameter texts are read; code is not followed. Needs the extra `languages`.
"""
